/** Backup and restore of everything that a server with an embedded Redis stores. */
@NullMarked
package seenby.backup;

import org.jspecify.annotations.NullMarked;
