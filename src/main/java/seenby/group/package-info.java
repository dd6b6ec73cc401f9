/** Groups and their members. */
@NullMarked
package seenby.group;

import org.jspecify.annotations.NullMarked;
