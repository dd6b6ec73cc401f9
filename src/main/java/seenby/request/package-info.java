/** What happens to each request before and after its handler: parsing, bounds, problems. */
@NullMarked
package seenby.request;

import org.jspecify.annotations.NullMarked;
