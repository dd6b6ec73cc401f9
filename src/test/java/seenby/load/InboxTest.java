package seenby.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that arrive in pieces. */
class InboxTest {
    private static final String COUNTED = "HTTP/1.1 201 Created\r\ncontent-LENGTH: 7\r\nX: y\r\n\r\n{\"a\":1}";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\nA\r\n\":12345678\r\n1\r\n}\r\n0\r\n\r\n";
    private static final String STREAM = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    /** Gives an inbox a text in pieces of a size, as a socket would. */
    private static List<String> taken(Inbox inbox, String text, int size) {
        List<String> taken = new ArrayList<>();
        for (int from = 0; from < text.length(); from += size) {
            String piece = text.substring(from, Math.min(text.length(), from + size));
            byte[] shared = (piece + "what was read before").getBytes(US_ASCII);
            inbox.take(shared, piece.length()).ifPresent(response -> taken.add(response.toString()));
        }
        return taken;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000})
    void answerIsCompleteWithItsLastByteHoweverItArrives(int size) {
        assertEquals(List.of("201 {\"a\":1}"), taken(Inbox.forAnswers(), COUNTED, size));
        assertEquals(List.of("200 {\"a\":12345678}"), taken(Inbox.forAnswers(), CHUNKED, size));
        assertEquals(List.of("204 "), taken(Inbox.forAnswers(), "HTTP/1.1 204 No Content\r\n\r\n", size));
    }

    @Test
    void inboxIsReadyForTheNextAnswer() {
        Inbox inbox = Inbox.forAnswers();

        assertEquals(List.of("200 {\"a\":12345678}"), taken(inbox, CHUNKED, 10));
        assertEquals(List.of("201 {\"a\":1}"), taken(inbox, COUNTED, 10));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 1000})
    void streamGivesWholeEventsAndKeepsTheRest(int size) {
        Inbox inbox = Inbox.forStream();

        List<String> taken = taken(inbox, STREAM + "8\r\ndata: 1\n\r\n9\r\n\ndata: 2\n\r\n", size);
        assertEquals("200 data: 1\n\n", String.join("", taken));

        // no line end after the chunk: it comes with the next one
        assertEquals(List.of("200 data: 2\n\n"), taken(inbox, "1\r\n\n", 1000));
    }

    @Test
    void refusalIsNoStream() {
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> taken(Inbox.forStream(), COUNTED, 1000));

        assertTrue(String.valueOf(refused.getMessage()).contains("201"), refused.getMessage());
    }

    @Test
    void bytesAreFoundWithoutParsing() {
        byte[] answer = ("HTTP/1.1 200 OK\r\nContent-Length: 47\r\n\r\n"
                        + "{\"next\":\"ab-c\",\"messages\":[{\"id\":41},{\"id\":42}]")
                .getBytes(US_ASCII);
        Response response = Inbox.forAnswers().take(answer, answer.length).orElseThrow();
        byte[] id = "\"id\":".getBytes(US_ASCII);

        int first = response.after(id, 0);

        assertEquals("ab-c", response.next());
        assertEquals(41, response.number(first));
        assertEquals(42, response.number(response.after(id, first)));
        assertEquals(-1, response.after(id, response.after(id, first)));
    }

    @Test
    void headerIsFoundBeforeTheBodyOnly() {
        byte[] answer =
                "HTTP/1.1 200 OK\r\nEtag: 3\r\nContent-Length: 15\r\n\r\nX\r\nVary: body\r\n".getBytes(US_ASCII);
        Response response = Inbox.forAnswers().take(answer, answer.length).orElseThrow();

        assertEquals("3", response.header("\r\nEtag: ".getBytes(US_ASCII)));
        assertEquals("", response.header("\r\nVary: ".getBytes(US_ASCII)));
    }
}
