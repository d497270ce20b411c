/* travel: least times from a responder to every place, over a road graph joined to the off-road grid.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The graph. Its vertices are the cells of the grid and the nodes of the roads.
 * - Off-road a cell has sixteen moves (terrain.h). A move costs its length on the ground x the mean of ms per metre
 *   of the cells it runs through (equal shares) x the slope factor on foot, rounded once. A cell that is impassable
 *   shuts every move through it; two impassable cells shut the diagonal between them; so does a barrier line.
 * - Roads keep their own geometry. They join only where they share a vertex (to a centimetre); lines that cross
 *   without one pass over each other. Along a road the time to any node is the rounded time from the road's
 *   beginning, so minutes along it do not depend on the cell size. Roads have no slope.
 * - In every cell that a road runs through, at its point nearest the centre, a join leads to the centre and back at the
 *   vehicle's off-road speed there. Where the vehicle cannot leave the road, the join is walked, and only from the road
 *   to the cell as the last step: the cell is reached, the vehicle does not drive on from it. There is no join on
 *   bridges, tunnels, fords and ferries, to cells of water (but for boats that sail there) nor across a barrier line
 *   (but for boats, which land across their own bank), nor where an unmarked crossing is the nearest point.
 *   A ferry's end that meets no road lands in its cell.
 * - A ford and a ferry cost their delay once when they are entered, however many pieces they are drawn in.
 * - A boat goes on roads of ground VD_GROUND_RIVER and on cells where its profile has a speed (VD_GROUND_WATER). From
 *   a river's joins and from water to the cells beside it its crew lands, walks on over roads and cells, and does not
 *   come back on board. Rivers do not join roads.
 * Times are from the responder to the place, so one-way roads and slopes count in that direction. */
#ifndef VEDETTE_CORE_TRAVEL_H
#define VEDETTE_CORE_TRAVEL_H

#include "vedette/base/jobs.h"
#include "vedette/core/barrier.h"
#include "vedette/core/speed.h"
#include "vedette/core/terrain.h"

/* One road, in plane coordinates; `xy` is borrowed while building and copied. */
typedef struct vd_travel_road {
  const double *xy; /* 2 * n */
  int32_t n;
  vd_ground ground; /* VD_GROUND_PAVED .. VD_GROUND_RIVER */
  vd_crossing crossing;
  int8_t oneway;  /* 1 along the line, -1 against, 0 both; people on foot go both ways */
  uint8_t closed; /* bit 1 << vd_vehicle: closed for it */
  double
      time_factor; /* multiplies the time (a speed limit, a drawn line shorter than the real one); 1 ordinary */
} vd_travel_road;

/* What a road does at a barrier line when nothing says bridge, ford, ferry or tunnel. */
typedef enum vd_unmarked { VD_UNMARKED_CLOSED, VD_UNMARKED_FORD, VD_UNMARKED_BRIDGE } vd_unmarked;

typedef struct vd_travel_setup {
  const vd_terrain *terrain;   /* borrowed: its layers live as long as the network */
  const vd_barriers *barriers; /* borrowed; NULL: none. On the grid of the terrain */
  const vd_travel_road *roads;
  size_t n_roads;
  vd_unmarked unmarked;
  double
      crossing_merge_m; /* crossings of one road at most this far apart along it are one: a river and its banks */
} vd_travel_setup;

/* Where a road meets a barrier unmarked. A road that only ends on a barrier does not cross it. */
typedef struct vd_travel_crossing {
  int32_t road;
  double x_m, y_m;
} vd_travel_crossing;

typedef struct vd_travel_network vd_travel_network;
/* Builds the graph in the arena. VD_ERR_INPUT names a road with a coordinate that is not a number or with a time
 * factor that is not positive; VD_ERR_LIMIT and VD_ERR_MEMORY when it is too large. Roads of fewer than two points are
 * left out. The network does not change afterwards: many threads may solve on it. */
vd_status vd_travel_network_new(vd_arena *arena, const vd_travel_setup *setup, vd_travel_network **out);
/* The network as bytes in the arena, and back, so that it need not be built again. Reading takes the grid and barriers it
 * was built on, and bytes from a multiple of eight on, which are borrowed as long as the network lives; what is damaged, of
 * another version, machine or grid is VD_ERR_INPUT and safe, but that the roads and barriers are the same is for the caller
 * to know. The network read is the network written. */
vd_status vd_travel_network_write(vd_arena *arena, const vd_travel_network *network, uint8_t **bytes,
                                  size_t *n);
vd_status vd_travel_network_read(vd_arena *arena, const void *bytes, size_t n, const vd_terrain *terrain,
                                 const vd_barriers *barriers, vd_travel_network **out);
const vd_grid *vd_travel_network_grid(const vd_travel_network *network);
/* Road nodes and the pieces of road between them. */
int32_t vd_travel_n_nodes(const vd_travel_network *network);
int32_t vd_travel_n_edges(const vd_travel_network *network);
/* The two nodes of a piece of road. */
void vd_travel_edge_ends(const vd_travel_network *network, int32_t edge, int32_t ends[2]);
/* The points of a road of the setup in the plane, 2 * n numbers, borrowed; n 0 where it was left out. */
int32_t vd_travel_n_roads(const vd_travel_network *network);
const double *vd_travel_road_line(const vd_travel_network *network, int32_t road, int32_t *n);
/* Unmarked crossings in order of roads and along them; borrowed. */
const vd_travel_crossing *vd_travel_unmarked(const vd_travel_network *network, size_t *n);

/* ---- restrictions ---- */

/* Where a restriction acts: the cells whose centre is inside, the pieces of road that touch it, and the nodes
 * inside; sorted. */
typedef struct vd_travel_zone {
  int32_t *cells, *edges, *nodes;
  size_t n_cells, n_edges, n_nodes;
} vd_travel_zone;
/* Zones in the arena, in plane coordinates, never NULL. A circle and a line act within radius_m on the ground, exactly
 * that far included. A road as a whole takes no cells; where another road crosses it the node counts as inside. */
vd_travel_zone *vd_travel_zone_polygon(vd_arena *arena, const vd_travel_network *network,
                                       const vd_geom *polygon);
vd_travel_zone *vd_travel_zone_circle(vd_arena *arena, const vd_travel_network *network, double x_m,
                                      double y_m, double radius_m);
vd_travel_zone *vd_travel_zone_line(vd_arena *arena, const vd_travel_network *network, const vd_geom *line,
                                    double radius_m);
vd_travel_zone *vd_travel_zone_roads(vd_arena *arena, const vd_travel_network *network, const int32_t *roads,
                                     size_t n);

/* What it does. A block shuts the cells and pieces of road inside; slow multiplies the time inside by `slow` (>= 1);
 * delay is added once on each way in from outside. Together a block wins, slows multiply, delays add. */
typedef struct vd_travel_effect {
  vd_effect effect;
  double slow;
  uint32_t delay_ms;
  const vd_travel_zone *zone; /* borrowed */
} vd_travel_effect;

/* ---- solving ---- */

/* Costs of every move for one profile and one set of restrictions; does not change, many threads may use it. Of the prices
 * of moves that solves have found it keeps up to 256 MB (256 KB for each 64 x 64 cells) in the arena, for the next solves. */
typedef struct vd_travel_costs vd_travel_costs;
vd_status vd_travel_costs_new(vd_arena *arena, const vd_travel_network *network, const vd_profile *profile,
                              const vd_travel_effect *effects, size_t n_effects, vd_travel_costs **out);

typedef struct vd_travel_source {
  double x_m, y_m;
  uint32_t start_ms; /* notice-to-move */
} vd_travel_source;

/* Result of one solve. */
typedef struct vd_travel_field {
  const vd_travel_costs *costs; /* borrowed */
  vd_travel_source source;
  uint32_t cutoff_ms;
  uint32_t *cell_ms;      /* per cell; VD_UNREACHED beyond the cut-off or not at all */
  uint32_t *node_ms;      /* per road node, of the vehicle */
  uint32_t *walk_node_ms; /* a boat's crew on land: per node; NULL for others */
  /* Per cell, then per node, for routes; NULL when not asked for: of the vehicle, and of a boat's crew on land. */
  const uint32_t *vehicle_ms, *walk_ms;
} vd_travel_field;

/* Solves from one source. The source joins its cell's centre and the roads in its cell at their nearest points; where its
 * cell is impassable that way is walked. Times above `cutoff_ms` count as not reached (exactly the cut-off is). A source
 * outside the grid reaches nothing. `with_routes` keeps what vd_travel_route needs, which costs memory for boats only.
 * VD_ERR_CANCELLED, VD_ERR_MEMORY. `cancel` may be NULL. The times are the same bytes on every processor. Results are
 * from the arena, 4 bytes a cell and node (boats 8, with routes 12); while it works the solver takes 12 bytes a node and
 * up to 128 MB for prices of moves besides those that the costs keep. */
vd_status vd_travel_solve(vd_arena *arena, const vd_travel_costs *costs, const vd_travel_source *source,
                          uint32_t cutoff_ms, bool with_routes, const vd_progress *cancel,
                          vd_travel_field *out);

/* Tiles of cells, row by row from the north-west corner: the grid's columns are divided by this, rounded up. */
enum { VD_TRAVEL_TILE = 64 };

/* What one thread reuses from solve to solve on a network, 16 bytes a node and 4 a cell in the arena, so that a solve
 * costs in proportion to what it reaches and not to the grid. VD_ERR_MEMORY. */
typedef struct vd_travel_scratch vd_travel_scratch;
vd_status vd_travel_scratch_new(vd_arena *arena, const vd_travel_network *network, vd_travel_scratch **out);
/* The tiles (VD_TRAVEL_TILE) that hold all cells reached by the last solve, ascending; borrowed. */
const int32_t *vd_travel_scratch_tiles(const vd_travel_scratch *scratch, size_t *n);

/* vd_travel_solve on several threads, the same bytes on any number, and with memory that is reused. */
typedef struct vd_travel_options {
  uint32_t cutoff_ms;
  bool with_routes;
  vd_jobs *jobs; /* NULL: on this thread; not a pool that is running this very call */
  /* NULL: the result is from the arena. Else it is the scratch's own, good until that is used again; boats and other
   * networks take the arena nevertheless. */
  vd_travel_scratch *scratch;
  const vd_progress *cancel;
} vd_travel_options;
vd_status vd_travel_solve_with(vd_arena *arena, const vd_travel_costs *costs, const vd_travel_source *source,
                               const vd_travel_options *options, vd_travel_field *out);

/* ---- changes of restrictions ---- */

/* Costs of the same network and profile under other restrictions: what vd_travel_costs_new would give, priced anew only
 * where the two lists of effects differ. They use prices that `before` keeps: it must live as long as they do. */
vd_status vd_travel_costs_change(vd_arena *arena, const vd_travel_costs *before,
                                 const vd_travel_effect *effects, size_t n_effects, vd_travel_costs **out);

/* What vd_travel_change did, against the times before it up to the new cut-off. */
typedef struct vd_travel_delta {
  bool unchanged;    /* all times are those before, and the arrays are shared where they may be */
  bool anew;         /* solved from scratch: all may have changed, and no tiles are listed */
  int64_t n_touched; /* times that were taken back or set, some more than once */
  int32_t *tiles;    /* all tiles with cells whose time may have changed, ascending; from the arena */
  size_t n_tiles;
} vd_travel_delta;

/* The field that vd_travel_solve would give from the same source under other costs, the same bytes, by taking back and
 * finding again only what the difference of the restrictions touches. Solved from scratch instead (`anew`) for boats, when
 * the source joins otherwise than before, when the cut-off is beyond that of `before` or when the networks, profiles or
 * most cells differ. `before` and its costs must be alive with their zones, the times as vd_travel_solve or this function
 * left them. When nothing changes and the cut-off is the same, `out` shares the arrays of `before`; else the result is
 * a copy from the arena. `out` may be `before` itself: then its times are changed in place and, when this fails, void.
 * `cancel` and `delta` may be NULL. VD_ERR_CANCELLED, VD_ERR_MEMORY. */
vd_status vd_travel_change(vd_arena *arena, const vd_travel_field *before, const vd_travel_costs *after,
                           uint32_t cutoff_ms, const vd_progress *cancel, vd_travel_field *out,
                           vd_travel_delta *delta);
/* The same on several threads; routes are kept as in `before`, whatever the options say. A scratch (not that of `before`)
 * only saves time: the result is as above, and the times that the scratch held are void. */
vd_status vd_travel_change_with(vd_arena *arena, const vd_travel_field *before, const vd_travel_costs *after,
                                const vd_travel_options *options, vd_travel_field *out,
                                vd_travel_delta *delta);

/* ---- along the roads alone ---- */

/* What every piece of road costs, packed for searching: as costs has it, restrictions, delays, one-way roads, fords and
 * ferries included, without the joins to cells. Does not change, many threads may use it. */
typedef struct vd_travel_lanes vd_travel_lanes;
vd_status vd_travel_lanes_new(vd_arena *arena, const vd_travel_costs *costs, vd_travel_lanes **out);
/* Nodes reached, ascending, and when. */
typedef struct vd_travel_reached {
  int32_t *nodes;
  uint32_t *ms; /* the source's start_ms included */
  size_t n;
} vd_travel_reached;
/* Least times along the roads from each of n sources, never leaving them: what a convoy that cannot go off the road
 * reaches. A source joins the roads of its cell as in vd_travel_solve; of a boat, its own way and not its crew's. out[i] is
 * of sources[i], in the arena, the same on any number of threads. Exactly cutoff_ms counts as reached. VD_ERR_CANCELLED,
 * VD_ERR_MEMORY. `jobs` and `cancel` may be NULL. Takes 4 bytes a node and thread besides. */
vd_status vd_travel_by_road(vd_arena *arena, const vd_travel_costs *costs, const vd_travel_lanes *lanes,
                            const vd_travel_source *sources, size_t n, uint32_t cutoff_ms, vd_jobs *jobs,
                            const vd_progress *cancel, vd_travel_reached *out);

enum { VD_OFF_ROAD = -1 };
/* A part of a route that stays on one road, or off every road. */
typedef struct vd_travel_leg {
  int32_t road; /* index in the setup, or VD_OFF_ROAD */
  double length_m;
  uint32_t ms; /* delays included */
  bool walked; /* on foot after leaving the vehicle */
  double *xy;  /* 2 * n, in the plane */
  int32_t n;
} vd_travel_leg;
/* The way from the source to a cell, legs in order; the sum of `ms` is cell_ms minus the notice-to-move. n = 0 when the
 * cell is not reached or the source stands on its centre. Solve with routes. */
vd_travel_leg *vd_travel_route(vd_arena *arena, const vd_travel_field *field, int32_t cell, size_t *n);

/* The roads on the ways to many cells, as chains that they share: a road, and the link of the road before it. */
typedef struct vd_travel_link {
  int32_t road;   /* index in the setup */
  int32_t before; /* link, -1: the first road of the way */
} vd_travel_link;
typedef struct vd_travel_ways {
  int32_t *
      last; /* per cell asked for: the link of the last road of a quickest way to it; -1: it is reached off the
                  * roads alone, or not at all */
  vd_travel_link *links;
  size_t n_links;
} vd_travel_ways;
/* A quickest way to each of n cells from a field solved with routes by a vehicle that is no boat; in the arena. A road that
 * is not in a cell's chain may be shut and the cell is reached as quickly. Takes 4 bytes a cell and node while it works. */
vd_travel_ways vd_travel_ways_to(vd_arena *arena, const vd_travel_field *field, const int32_t *cells,
                                 size_t n);

/* Straight flight: start_ms + pre-flight is the caller's start; great-circle distance at `kmh`, rounded. Of the effects a
 * block shuts landing inside, slow and delay count for places inside. cell_ms in the arena, others NULL. */
vd_status vd_travel_direct(vd_arena *arena, const vd_grid *grid, const vd_travel_source *source, double kmh,
                           const vd_travel_effect *effects, size_t n_effects, uint32_t cutoff_ms,
                           uint32_t **cell_ms);

#endif
