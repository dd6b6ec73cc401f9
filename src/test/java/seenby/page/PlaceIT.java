package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static seenby.support.Eventually.eventually;

import com.microsoft.playwright.Locator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** Who stands at the end of a conversation stays there. Nothing else scrolls by itself. */
@ResourceLock(Chromium.SECOND_LOCK)
class PlaceIT {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared("receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private final ApiClient ann = SERVER.user("ann");
    private final ApiClient bob = SERVER.user("bob");
    private final String group = SERVER.group(ann, bob);

    private void send(int from, int upto) {
        IntStream.rangeClosed(from, upto).forEach(id -> ann.send(group, "Line " + id + "\nof two"));
    }

    private static double number(Visitor reader, String expression) {
        return ((Number) reader.page().locator(".scroll").evaluate("at => " + expression)).doubleValue();
    }

    private static void awaitEnd(Visitor reader) {
        eventually(
                "the end is in sight", () -> number(reader, "at.scrollHeight - at.scrollTop - at.clientHeight") < 1.5);
    }

    private static Locator down(Visitor reader) {
        return reader.button("Go to the newest message");
    }

    private long lastAck() {
        return bob.get("/v1/groups/" + group).json().get("last_ack").asLong();
    }

    @Test
    void anUntouchedPageStaysWhereItOpened() {
        send(1, 40);
        Visitor reader = BROWSER.as(bob).open(group);
        assertThat(reader.message(1)).isInViewport();
        eventually("what is in sight is read", () -> lastAck() > 1);
        double top = number(reader, "at.scrollTop");
        long read = lastAck();

        for (int id = 41; id <= 43; id++) {
            send(id, id);
            assertThat(reader.page().locator(".group.open .preview")).containsText("Line " + id);
        }

        assertEquals(top, number(reader, "at.scrollTop"));
        assertEquals(read, lastAck());
        assertThat(down(reader)).isVisible();
    }

    @Test
    void whoJumpsToTheEndAndWritesStaysThere() {
        send(1, 60);
        bob.ack(group, 20);
        Visitor reader = BROWSER.as(bob).open(group);
        assertThat(reader.message(21)).isInViewport();
        down(reader).click();
        assertThat(reader.message(60)).isInViewport();

        reader.write("I am here");
        assertThat(reader.message(61)).isInViewport();
        awaitEnd(reader);
        for (int id = 62; id <= 64; id++) {
            send(id, id);
            assertThat(reader.message(id)).isInViewport();
            awaitEnd(reader);
        }

        assertThat(down(reader)).isHidden();
    }

    @Test
    void whoStandsAtTheEndStaysThereWhenAnythingGrows() {
        send(1, 30);
        bob.ack(group, 30);
        bob.send(group, "mine");
        Visitor reader = BROWSER.as(bob).open(group);
        assertThat(reader.message(31)).isInViewport();
        awaitEnd(reader);

        reader.receipt(31).click();
        assertThat(reader.message(31).locator(".waiting li")).hasCount(1);
        awaitEnd(reader);
        reader.composer().fill("1\n2\n3\n4\n5\n6\n7\n8");
        awaitEnd(reader);
        reader.page().setViewportSize(360, 400); // the keyboard of a phone
        awaitEnd(reader);
        assertThat(down(reader)).isHidden();

        reader.page().locator(".scroll").hover();
        reader.page().mouse().wheel(0, -150);
        assertThat(down(reader)).isVisible();
        double top = number(reader, "at.scrollTop");
        send(32, 33);
        assertThat(down(reader)).containsText("2");
        assertEquals(top, number(reader, "at.scrollTop"));
    }

    @Test
    void whatIsReadStaysWhereItIsWhenALineComesAboveIt() {
        send(1, 40);
        bob.ack(group, 40);
        Visitor reader = BROWSER.as(bob).open(group);
        assertThat(reader.message(40)).isInViewport();
        reader.page().locator(".scroll").hover();
        reader.page().mouse().wheel(0, -600);
        assertThat(down(reader)).isVisible();
        eventually("the messages have come to rest", () -> {
            double top = top(reader, 30);
            reader.page().evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            return top == top(reader, 30);
        });
        double top = top(reader, 30);

        reader.disconnect(() -> send(41, 41));

        eventually("the message is where it was", () -> Math.abs(top(reader, 30) - top) < 1.5);
    }

    private static double top(Visitor reader, long id) {
        return ((Number) reader.message(id).evaluate("message => message.getBoundingClientRect().top")).doubleValue();
    }

    @Test
    void aWheelOverTheBarScrollsTheMessages() {
        send(1, 60);
        Visitor reader = BROWSER.as(bob).open(group);
        assertThat(reader.message(1)).isInViewport();

        reader.page().locator(".unread-bar").hover();
        reader.page().mouse().wheel(0, 300);

        eventually("the messages scroll", () -> number(reader, "at.scrollTop") >= 300);
    }

    @Test
    void threeMessagesInOnePollAreAnnounced() {
        Visitor reader = BROWSER.as(bob).open(group);
        assertThat(reader.page().locator(".edge")).containsText("No messages yet");
        reader.holdPolls(() -> send(1, 1));
        send(2, 4);

        reader.releasePolls();

        assertThat(reader.message(4)).isInViewport();
        assertThat(reader.page().locator("[aria-live=polite] p"))
                .hasText(IntStream.rangeClosed(1, 4)
                        .mapToObj(id -> ann.id() + ": Line " + id + " of two")
                        .toArray(String[]::new));
    }
}
