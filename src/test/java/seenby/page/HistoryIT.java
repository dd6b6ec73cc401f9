package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static seenby.support.Eventually.eventually;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** The history scrolls back to its beginning, without a gap, a repeat or a jump. */
class HistoryIT {
    private static final int MESSAGES = 500;

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer();

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    @Test
    void fiveHundredMessagesScrollBackToTheFirst() {
        List<ApiClient> people = SERVER.users("ann", "bob");
        String group = SERVER.group(people.get(0), people.get(1));
        IntStream.rangeClosed(1, MESSAGES).forEach(i -> people.get(0).send(group, "message " + i));
        people.get(1).ack(group, MESSAGES);
        Visitor reader = BROWSER.as(people.get(1)).open(group);
        assertThat(reader.message(MESSAGES)).isInViewport();

        eventually("the first one is there", () -> {
            reader.scrollTo("top");
            return reader.message(1).isVisible();
        });

        assertEquals(
                IntStream.rangeClosed(1, MESSAGES).mapToObj(i -> "message " + i).toList(),
                reader.page().locator(".message .text").allTextContents());
        assertThat(reader.page().locator(".edge")).hasText("The beginning of this group");
    }
}
