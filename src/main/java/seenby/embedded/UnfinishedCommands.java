package seenby.embedded;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Tells the beginning of a write that was cut off from damage. Redis writes a command as {@code *2}, and for each of
 * its two words {@code $3} and three bytes, each in a line of its own.
 */
final class UnfinishedCommands {
    private static final String END_OF_TRANSACTION = "EXEC";

    private final ByteBuffer bytes;

    /** @param bytes what stands behind the last whole transaction */
    private UnfinishedCommands(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Whether all is well until the bytes end, and nothing in them was finished. */
    static boolean areIn(ByteBuffer bytes) {
        try {
            UnfinishedCommands commands = new UnfinishedCommands(bytes);
            while (!commands.next().equalsIgnoreCase(END_OF_TRANSACTION)) {
                // it belongs to the transaction that was cut off
            }
            return false;
        } catch (BufferUnderflowException end) {
            return true;
        } catch (NumberFormatException damage) {
            return false;
        }
    }

    /** Returns the name of the next command. */
    private String next() {
        int words = number('*');
        String name = word();
        for (int word = 1; word < words; word++) {
            word();
        }
        return name;
    }

    private String word() {
        byte[] word = new byte[Math.min(number('$'), bytes.remaining())];
        bytes.get(word);
        require('\r');
        require('\n');
        return new String(word, StandardCharsets.ISO_8859_1);
    }

    private int number(char kind) {
        require(kind);
        StringBuilder digits = new StringBuilder();
        char next = (char) bytes.get();
        while (Character.isDigit(next)) {
            digits.append(next);
            next = (char) bytes.get();
        }
        require('\r', next);
        require('\n');
        return Integer.parseInt(digits.toString());
    }

    private void require(char expected) {
        require(expected, (char) bytes.get());
    }

    private static void require(char expected, char found) {
        if (found != expected) {
            throw new NumberFormatException("%d instead of %d".formatted((int) found, (int) expected));
        }
    }
}
