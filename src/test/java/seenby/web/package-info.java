/** The files and scripts of the page, without a browser. */
@NullMarked
package seenby.web;

import org.jspecify.annotations.NullMarked;
