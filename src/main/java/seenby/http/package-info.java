/** The outside that clients see: routes, handlers and the pages. */
@NullMarked
package seenby.http;

import org.jspecify.annotations.NullMarked;
