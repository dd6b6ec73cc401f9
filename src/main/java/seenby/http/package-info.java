/** The outside that clients see: routes, handlers, parameters and problems. */
@NullMarked
package seenby.http;

import org.jspecify.annotations.NullMarked;
