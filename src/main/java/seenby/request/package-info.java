/** What happens to each request before and after its handler: authentication, limits, parsing, problems. */
@NullMarked
package seenby.request;

import org.jspecify.annotations.NullMarked;
