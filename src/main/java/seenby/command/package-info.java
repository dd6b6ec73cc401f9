/** What the command line starts beside the server: the archive, the benches and the demo. */
@NullMarked
package seenby.command;

import org.jspecify.annotations.NullMarked;
