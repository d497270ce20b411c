/* node: looking up and printing the tree of what is on screen.
 * SPDX-License-Identifier: Apache-2.0 */
#include "ui/node.h"

#include <string.h>

static const char *const role_words[] = {
    "label",  "button", "toggle", "checkbox", "slider", "textbox", "combo",    "option", "tab",   "table",
    "column", "row",    "menu",   "menuitem", "dialog", "map",     "progress", "status", "panel", "timeline"};
_Static_assert(sizeof role_words / sizeof *role_words == VD_ROLE_COUNT, "a word for every role");

const char *vd_role_word(vd_role role) {
  return role < VD_ROLE_COUNT ? role_words[role] : "any";
}

int vd_role_find(const char *word) {
  for (int i = 0; i < VD_ROLE_COUNT; i++) {
    if (strcmp(role_words[i], word) == 0) return i;
  }
  return -1;
}

const vd_node *vd_nodes_find(const vd_nodes *nodes, vd_role role, const char *name) {
  const vd_node *begins = NULL;
  for (size_t i = nodes->n; i-- > 0;) {
    const vd_node *node = &nodes->items[i];
    if (role != VD_ROLE_COUNT && node->role != role) continue;
    if (vd_str_equal(node->name, name)) return node;
    if (!begins && node->name && vd_str_starts(node->name, name)) begins = node;
  }
  return begins;
}

void vd_nodes_print(const vd_nodes *nodes, vd_buf *buf) {
  for (size_t i = 0; i < nodes->n; i++) {
    const vd_node *node = &nodes->items[i];
    vd_buf_printf(buf, "%s \"%s\"", vd_role_word(node->role), node->name ? node->name : "");
    if (node->value) vd_buf_printf(buf, " = \"%s\"", node->value);
    if (node->flags & VD_NODE_CHECKED) vd_buf_add(buf, " checked");
    if (node->flags & VD_NODE_DISABLED) vd_buf_add(buf, " disabled");
    if (node->flags & VD_NODE_FOCUSED) vd_buf_add(buf, " focused");
    if (node->flags & VD_NODE_SELECTED) vd_buf_add(buf, " selected");
    vd_buf_add(buf, "\n");
  }
}
