/** JSON as this project writes and reads it, in answers and in files. */
@NullMarked
package seenby.json;

import org.jspecify.annotations.NullMarked;
