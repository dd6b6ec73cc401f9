/**
 * A checker of what is promised when things fail. It compares the record of a run, in which clients wrote down what
 * they asked and what they were told, with what is there in the end. It knows the contract, and no code of the server.
 */
@NullMarked
package seenby.checker;

import org.jspecify.annotations.NullMarked;
