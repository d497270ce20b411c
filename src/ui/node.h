/* node: the tree of what is on screen, by role and name: for tests, scripts and accessibility.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_UI_NODE_H
#define VEDETTE_UI_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vedette/base/arena.h"
#include "vedette/base/str.h"
#include "vedette/draw/canvas.h"

typedef uint64_t vd_ui_id;

typedef enum vd_role {
  VD_ROLE_LABEL,
  VD_ROLE_BUTTON,
  VD_ROLE_TOGGLE,
  VD_ROLE_CHECKBOX,
  VD_ROLE_SLIDER,
  VD_ROLE_TEXTBOX,
  VD_ROLE_COMBO,
  VD_ROLE_OPTION,
  VD_ROLE_TAB,
  VD_ROLE_TABLE,
  VD_ROLE_COLUMN,
  VD_ROLE_ROW,
  VD_ROLE_MENU,
  VD_ROLE_MENUITEM,
  VD_ROLE_DIALOG,
  VD_ROLE_MAP,
  VD_ROLE_PROGRESS,
  VD_ROLE_STATUS,
  VD_ROLE_PANEL,
  VD_ROLE_TIMELINE,
  VD_ROLE_COUNT
} vd_role;
enum {
  VD_NODE_CHECKED = 1,
  VD_NODE_DISABLED = 2,
  VD_NODE_FOCUSED = 4,
  VD_NODE_SELECTED = 8,
  VD_NODE_TAB_STOP = 16,
  VD_NODE_HIDDEN = 32 /* its middle is scrolled or cut out of sight */
};

typedef struct vd_node {
  vd_ui_id id;
  vd_role role;
  const char *name, *value;
  vd_rect rect; /* pixels of the window, as seen (mirrored) */
  unsigned flags;
  int layer;
} vd_node;
typedef struct vd_nodes {
  vd_node *items;
  size_t n, capacity;
} vd_nodes;

/* "button", "checkbox", ...; -1 for anything else. */
const char *vd_role_word(vd_role role);
int vd_role_find(const char *word);
/* The topmost node of that role (VD_ROLE_COUNT: any) whose name is `name`, or else begins with it; NULL when absent. */
const vd_node *vd_nodes_find(const vd_nodes *nodes, vd_role role, const char *name);
/* One node a line: role "name" = "value" [flags]. */
void vd_nodes_print(const vd_nodes *nodes, vd_buf *buf);

#endif
