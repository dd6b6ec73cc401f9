/** The commands other than the server: the archive's, the benches and the demo. */
@NullMarked
package seenby.command;

import org.jspecify.annotations.NullMarked;
