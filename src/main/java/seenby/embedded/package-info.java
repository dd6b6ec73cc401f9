/** The Redis that comes with the server: its files, its process, and its death noticed. */
@NullMarked
package seenby.embedded;

import org.jspecify.annotations.NullMarked;
