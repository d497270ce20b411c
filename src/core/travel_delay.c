/* travel_delay: which restrictions delay a step, found by what the step enters.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A step asks for the few restrictions at its ends instead of all of them, so that a million cost no more than one. */
#include <stdlib.h>

#include "core/travel_costs.h"

/* (place << 32 | effect), ascending; a place is a vertex, or an edge after all vertices. */
struct travel_delays {
  uint64_t *items;
  size_t n, capacity;
};

static int32_t place_of_edge(const vd_travel_network *net, int32_t edge_index) {
  return vertex_of_node(net, net->n_nodes) + edge_index;
}

static void add_places(vd_arena *arena, struct travel_delays *delays, size_t effect, int32_t first,
                       const int32_t *places, size_t n) {
  for (size_t i = 0; i < n; i++)
    *VD_PUSH(arena, delays->items, delays->n, delays->capacity) =
        (uint64_t)(first + places[i]) << 32 | (uint64_t)effect;
}

static int by_value(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

struct travel_delays *travel_delays_of(vd_arena *arena, const vd_travel_network *net,
                                       const vd_travel_effect *effects, size_t n_effects) {
  struct travel_delays *delays = VD_NEW(arena, struct travel_delays);
  for (size_t i = 0; i < n_effects; i++) {
    const vd_travel_zone *zone = effects[i].zone;
    if (effects[i].effect != VD_EFFECT_DELAY) continue;
    add_places(arena, delays, i, 0, zone->cells, zone->n_cells);
    add_places(arena, delays, i, vertex_of_node(net, 0), zone->nodes, zone->n_nodes);
    add_places(arena, delays, i, place_of_edge(net, 0), zone->edges, zone->n_edges);
  }
  if (delays->n > 1) qsort(delays->items, delays->n, sizeof *delays->items, by_value);
  return delays;
}

static size_t first_at(const struct travel_delays *delays, uint64_t key) {
  size_t low = 0, high = delays->n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (delays->items[middle] < key)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool delayed_by(const struct travel_delays *delays, int32_t at, uint32_t effect) {
  uint64_t key = (uint64_t)at << 32 | effect;
  size_t i = first_at(delays, key);
  return i < delays->n && delays->items[i] == key;
}

uint32_t step_delay_ms(const vd_travel_costs *costs, int32_t from, int32_t edge_index, const int32_t *over,
                       int n_over, int32_t to) {
  const struct travel_delays *delays = costs->delays;
  int32_t places[VD_MOVE_CELLS + 1];
  int n = 0;
  uint32_t total = 0;
  places[n++] = to;
  if (edge_index >= 0) places[n++] = place_of_edge(costs->net, edge_index);
  for (int i = 0; i < n_over; i++) places[n++] = over[i];
  for (int k = 0; k < n; k++) {
    uint64_t key = (uint64_t)places[k] << 32;
    if (places[k] < 0) continue;
    for (size_t i = first_at(delays, key); i < delays->n && delays->items[i] >> 32 == key >> 32; i++) {
      uint32_t effect = (uint32_t)delays->items[i];
      bool known = from >= 0 && delayed_by(delays, from, effect);
      for (int before = 0; before < k && !known; before++)
        known = places[before] >= 0 && delayed_by(delays, places[before], effect);
      if (!known) total = vd_ms_add(total, costs->effects[effect].delay_ms);
    }
  }
  return total;
}
