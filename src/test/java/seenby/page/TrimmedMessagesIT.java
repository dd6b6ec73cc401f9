package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static seenby.support.Eventually.eventually;

import com.microsoft.playwright.Locator;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import seenby.support.ApiClient;
import seenby.support.RunningServer;
import seenby.support.Sweeps;

/** Messages are deleted while their conversation is open: the page says so and shows the remaining ones. */
@ResourceLock(Chromium.LOCK)
class TrimmedMessagesIT {
    private static final String TRIMMED = "Older messages are no longer kept";

    @RegisterExtension
    static final RunningServer SERVER =
            new RunningServer(Sweeps.RETENTION, "message.retention=1d", "receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);

    private void send(long from, long upto) {
        LongStream.rangeClosed(from, upto).forEach(id -> ann.send(group, "message " + id));
    }

    /** Lets the server delete all messages sent so far. */
    private void trim(long firstId) {
        SERVER.clock().move(Duration.ofDays(2));
        Sweeps.expire(SERVER, group);
        eventually("the messages are deleted", () -> Sweeps.number(SERVER, group, "first_id") == firstId);
    }

    private void awaitReadUpto(long id) {
        eventually(
                "all messages are read",
                () -> bob.get("/v1/groups/" + group).json().get("last_ack").asLong() == id);
    }

    private static Locator edge(Visitor visitor) {
        return visitor.page().locator(".edge");
    }

    private static List<String> messages(long from, long upto) {
        return LongStream.rangeClosed(from, upto)
                .mapToObj(id -> "message " + id)
                .toList();
    }

    private static List<String> texts(Visitor visitor) {
        return visitor.page().locator(".message .text").allTextContents();
    }

    @Test
    void anOpenConversationEndsAtTheTrimmedMessagesAndContinues() {
        send(1, 130);
        bob.ack(group, 130);
        Visitor reader = BROWSER.as(bob).open(group);
        assertThat(reader.message(130)).isInViewport();
        assertThat(edge(reader)).isEmpty();
        trim(131);

        reader.scrollTo("top");

        assertThat(edge(reader)).hasText(TRIMMED);
        List<String> shown = texts(reader);
        assertEquals(messages(131 - shown.size(), 130), shown);
        reader.scrollTo("end");
        send(131, 132);
        assertThat(reader.message(132)).isInViewport();
        awaitReadUpto(132);
        assertEquals(messages(131 - shown.size(), 132), texts(reader));
    }

    @Test
    void aConversationWithoutMessagesSaysSoAndShowsTheNextMessage() {
        send(1, 3);
        trim(4);

        Visitor reader = BROWSER.as(bob).open(group);

        assertThat(edge(reader)).hasText(TRIMMED);
        assertEquals(List.of(), texts(reader));
        awaitReadUpto(3);
        send(4, 4);
        assertThat(reader.message(4)).isInViewport();
        assertThat(edge(reader)).hasText(TRIMMED);
        awaitReadUpto(4);
    }

    @Test
    void aReaderWhoWasOfflineContinuesAfterTheGap() {
        send(1, 5);
        Visitor reader = BROWSER.as(bob).open(group);
        assertThat(reader.message(5)).isInViewport();
        awaitReadUpto(5);
        reader.disconnect(() -> send(6, 6));
        send(7, 10);
        trim(11);
        send(11, 12);

        reader.reconnect();

        assertThat(reader.message(12)).isInViewport();
        assertThat(edge(reader)).hasText(TRIMMED);
        assertEquals(messages(11, 12), texts(reader));
        awaitReadUpto(12);
        send(13, 13);
        assertThat(reader.message(13)).isInViewport();
        awaitReadUpto(13);
    }

    @Test
    void aReaderWhoScrollsIntoAGapContinuesAfterIt() {
        send(1, 130);
        Visitor reader = BROWSER.as(bob).open(group);
        assertThat(reader.message(1)).isInViewport();
        trim(131);
        send(131, 132);
        assertThat(reader.page().locator(".group.open .preview")).containsText("message 132");

        reader.scrollTo("end");

        assertThat(reader.message(132)).isInViewport();
        assertThat(edge(reader)).hasText(TRIMMED);
        assertEquals(messages(131, 132), texts(reader));
        awaitReadUpto(132);
    }
}
