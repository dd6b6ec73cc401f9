package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** The lists of a message with many recipients: they open in sight, and reads cost few requests and few changes. */
@ResourceLock(Chromium.SECOND_LOCK)
class LongReceiptsIT {
    private static final int MEMBERS = 300;
    private static final int READERS = 120;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared("receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private final ApiClient ann = SERVER.user("ann");
    private final List<ApiClient> members = members();
    private final String group = SERVER.group(ann, members.toArray(ApiClient[]::new));

    private static List<ApiClient> members() {
        return SERVER.users(IntStream.range(0, MEMBERS).mapToObj(i -> "m" + i).toArray(String[]::new)).stream()
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
    }

    /** Counts the paths of the requests that the page makes from now on. */
    private static List<String> requests(Visitor visitor) {
        List<String> paths = new ArrayList<>();
        visitor.page().onRequest(request -> paths.add(request.url().replaceAll(".*/v1|\\d+", "")));
        return paths;
    }

    private static Locator openLists(Visitor visitor, long id) {
        visitor.receipt(id).click();
        Locator panel = visitor.message(id).locator(".panel");
        assertThat(panel.locator(".waiting h4")).hasText("Not yet (" + MEMBERS + ")");
        return panel;
    }

    private static void assertInSight(Visitor visitor, Locator panel) {
        double bottom = panel.boundingBox().y + panel.boundingBox().height;
        assertTrue(bottom <= visitor.page().locator(".composer").boundingBox().y, "above the composer");
        assertTrue(
                panel.boundingBox().y
                        >= visitor.page().locator(".conversation > .bar").boundingBox().y,
                "below the header");
    }

    @Test
    void readsMoveNamesWithoutRequestsAndTheListKeepsItsPlace() {
        long id = ann.send(group, "For all of you");
        Visitor sender = BROWSER.as(ann).open(group);
        Locator panel = openLists(sender, id);
        assertInSight(sender, panel);
        assertTrue(panel.locator("li").count() < 60, "only the rows near the window are built");
        Locator window = panel.locator(".waiting .window");
        window.focus();
        window.evaluate("window => { window.scrollTop = 40 * 200; }");
        String first = members.get(200).id();
        assertThat(window.getByText(first)).isInViewport();
        double place = window.getByText(first).boundingBox().y;
        panel.evaluate("panel => { globalThis.built = 0; new MutationObserver(all => all.forEach(each => {"
                + " built += each.addedNodes.length; })).observe(panel, { childList: true, subtree: true }); }");
        List<String> requests = requests(sender);

        members.subList(0, READERS).forEach(reader -> reader.ack(group, id));

        assertThat(panel.locator(".readers h4")).hasText("Read (" + READERS + ")");
        assertThat(panel.locator(".waiting h4")).hasText("Not yet (" + (MEMBERS - READERS) + ")");
        assertThat(sender.receipt(id)).containsText("Read by " + READERS + " of " + MEMBERS);
        assertThat(window).isFocused();
        assertEquals(place, window.getByText(first).boundingBox().y, 1);
        assertEquals(
                0, requests.stream().filter(path -> path.endsWith("//receipts")).count(), "lists loaded again");
        long counts =
                requests.stream().filter(path -> path.contains("receipts?")).count();
        long polls = requests.stream().filter(path -> path.equals("/updates")).count();
        assertTrue(counts <= polls + 1, counts + " counts after " + polls + " polls");
        int built = (Integer) sender.page().evaluate("built");
        assertTrue(built < 40 + 6 * READERS, "elements built: " + built);
    }

    @Test
    void onAPhoneTheListsOfTheLastMessageOpenInSight() {
        long id = ann.send(group, "For all of you");
        Visitor sender = BROWSER.visitor(options -> options.setViewportSize(360, 640))
                .signIn(ann)
                .open(group);

        Locator panel = openLists(sender, id);

        assertInSight(sender, panel);
    }

    @Test
    void whoLeavesIsNoLongerWaitedFor() {
        long id = ann.send(group, "For all of you");
        members.get(0).patch("/v1/me", Map.of("name", "Namesake")).expect(200);
        members.get(1).patch("/v1/me", Map.of("name", "Namesake")).expect(200);
        Visitor sender = BROWSER.as(ann).open(group);
        Locator panel = openLists(sender, id);
        assertThat(panel.locator(".waiting li").nth(0).locator(".id"))
                .hasText(members.get(0).id());
        assertThat(panel.locator(".waiting li").nth(1).locator(".id"))
                .hasText(members.get(1).id());

        ann.delete("/v1/groups/" + group + "/members/" + members.get(0).id()).expect(204);
        members.get(1).ack(group, id);

        assertThat(panel.locator(".readers li .id")).hasText(members.get(1).id());
        assertThat(panel.locator(".waiting h4")).hasText("Not yet (" + (MEMBERS - 2) + ")");
    }
}
