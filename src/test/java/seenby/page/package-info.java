/** The page, in a real browser, on the real server. */
@NullMarked
package seenby.page;

import org.jspecify.annotations.NullMarked;
