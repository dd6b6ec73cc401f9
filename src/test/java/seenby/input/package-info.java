/** Bad input is refused, and changes nothing. */
@NullMarked
package seenby.input;

import org.jspecify.annotations.NullMarked;
