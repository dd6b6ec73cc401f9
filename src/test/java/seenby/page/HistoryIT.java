package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seenby.support.Eventually.eventually;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** The history scrolls back to its first message without a gap, a repeat or a jump. */
@ResourceLock(Chromium.LOCK)
class HistoryIT {
    private static final int MESSAGES = 200;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared();

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    @Test
    void scrollingBackShowsAllMessages() {
        List<ApiClient> people = SERVER.users("ann", "bob");
        String group = SERVER.group(people.get(0), people.get(1));
        IntStream.rangeClosed(1, MESSAGES).forEach(i -> people.get(0).send(group, "message " + i));
        people.get(1).ack(group, MESSAGES);
        Visitor reader = BROWSER.as(people.get(1)).open(group);
        assertThat(reader.message(MESSAGES)).isInViewport();

        eventually("the first message is shown", () -> {
            reader.scrollTo("top");
            return reader.message(1).isVisible();
        });

        assertEquals(
                IntStream.rangeClosed(1, MESSAGES).mapToObj(i -> "message " + i).toList(),
                reader.page().locator(".message .text").allTextContents());
        assertThat(reader.page().locator(".edge")).hasText("The beginning of this group");
    }

    @Test
    void loadingOlderMessagesDoesNotMoveTheVisibleOnes() {
        List<ApiClient> people = SERVER.users("ann", "bob");
        String group = SERVER.group(people.get(0), people.get(1));
        IntStream.rangeClosed(1, 150).forEach(i -> people.get(0).send(group, "message " + i + "\n"));
        people.get(1).ack(group, 150);
        Visitor reader = BROWSER.as(people.get(1)).open(group);
        assertThat(reader.message(150)).isInViewport();
        int first = firstId(reader);

        double moved = ((Number) reader.page().evaluate("""
                                async first => {
                                  const scroll = document.querySelector('.scroll');
                                  const old = document.querySelector('#message-' + first + ' .bubble');
                                  scroll.scrollTop = 300;
                                  const before = old.getBoundingClientRect().top;
                                  while (!document.getElementById('message-' + (first - 1))) {
                                    await new Promise(resolve => requestAnimationFrame(resolve));
                                  }
                                  return old.getBoundingClientRect().top - before;
                                }""", first)).doubleValue();

        assertTrue(Math.abs(moved) < 2, "moved by " + moved);
    }

    private static int firstId(Visitor reader) {
        return Integer.parseInt(
                reader.page().locator(".message").first().getAttribute("id").substring("message-".length()));
    }
}
