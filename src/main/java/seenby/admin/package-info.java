/** The commands of an administrator, over HTTP. */
@NullMarked
package seenby.admin;

import org.jspecify.annotations.NullMarked;
