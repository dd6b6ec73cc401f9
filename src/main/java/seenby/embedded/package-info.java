/** The Redis that comes with the server: its files and its process. */
@NullMarked
package seenby.embedded;

import org.jspecify.annotations.NullMarked;
