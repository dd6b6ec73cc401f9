package seenby.embedded;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be removed from the end of the data: only what nobody was told of. */
class UnfinishedCommandsTest {
    private static final String BEGIN = "*1\r\n$5\r\nMULTI\r\n";
    private static final String SET = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$6\r\na\r\n*1b\r\n";
    private static final String END = "*1\r\n$4\r\nEXEC\r\n";

    private static boolean areIn(String text) {
        return UnfinishedCommands.areIn(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void aTransactionIsUnfinishedUntilItsLastByte() {
        String whole = BEGIN + SET + SET + END;
        for (int length = 0; length < whole.length(); length++) {
            assertTrue(areIn(whole.substring(0, length)), whole.substring(0, length));
        }
        assertFalse(areIn(whole));
    }

    @ParameterizedTest
    @ValueSource(strings = {BEGIN + SET + END + BEGIN, BEGIN + BEGIN + SET + END, SET + END + SET})
    void whatWasFinishedStays(String text) {
        assertFalse(areIn(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x1\r\n$5\r\nMULTI\r\n",
                "*1\r\n$6\r\nMULTI\r\n" + SET,
                "*1\r\n$-5\r\nMULTI\r\n",
                "*one\r\n",
                "*1\n$5\nMULTI\n",
                BEGIN + "\0\0\0" + SET
            })
    void damageIsNoUnfinishedWrite(String text) {
        assertFalse(areIn(text));
    }
}
