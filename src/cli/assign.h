/* assign: FIELD=VALUE words of the command line put into a record.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CLI_ASSIGN_H
#define VEDETTE_CLI_ASSIGN_H

#include "cli/cli.h"
#include "vedette/plan/plan.h"

/* Splits "name=value"; VD_ERR_USAGE when there is no "=". */
vd_status vd_assignment(vd_arena *arena, const char *text, char **name, char **value);
/* Sets a field: times in the plan's local time when they name no zone, references by id or name, and "at=COORD" for the
 * place of a point record. VD_ERR_USAGE lists the fields when there is no such one. */
vd_status vd_assign_field(vd_cli *cli, const vd_plan *plan, vd_kind kind, void *record,
                          const char *assignment);
/* Puts the record at a place as people write it (coordinates or MGRS). */
vd_status vd_assign_place(vd_cli *cli, vd_record *record, const char *coordinates);

#endif
