/** Where everything is tied together: the command line and the running server. */
@NullMarked
package seenby;

import org.jspecify.annotations.NullMarked;
