/** The configuration: its keys, their defaults, where values come from and what each key takes. */
@NullMarked
package seenby.config;

import org.jspecify.annotations.NullMarked;
