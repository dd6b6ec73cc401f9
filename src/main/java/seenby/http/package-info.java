/** What clients see of the server: its routes, their handlers and the pages. */
@NullMarked
package seenby.http;

import org.jspecify.annotations.NullMarked;
