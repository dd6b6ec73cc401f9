/** Bad input: each request is refused, and nothing changes. */
@NullMarked
package seenby.input;

import org.jspecify.annotations.NullMarked;
