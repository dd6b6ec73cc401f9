/** Who may make which call. Whoever may not learns nothing and changes nothing. */
@NullMarked
package seenby.access;

import org.jspecify.annotations.NullMarked;
