package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** Texts and names from other users are shown literally, never run as code, and never break the layout. */
@ResourceLock(Chromium.LOCK)
class UntrustedTextIT {
    private static final List<String> TEXTS = List.of(
            "<img src=x onerror=\"document.title='run'\">",
            "<script>alert(1)</script>",
            "</p></li></ol><iframe srcdoc=\"<script>parent.alert(2)</script>\"></iframe>",
            "javascript:alert(3)",
            "{{constructor.constructor('alert(4)')()}} ${alert(5)}",
            "\u202eright to left\u202c \uD83D\uDC68\u200d\uD83D\uDC69\u200d\uD83D\uDC67 \u0007 &amp;&lt;",
            "W".repeat(4000));
    private static final String NAME = "<b onmouseover=alert(6)>\"'&";

    @RegisterExtension
    static final RunningServer SERVER = new RunningServer("receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    @Test
    void markupInTextsAndNamesIsShownAsText() {
        List<ApiClient> people = SERVER.users("ann", "bob");
        people.forEach(person -> person.patch("/v1/me", Map.of("name", NAME)).expect(200));
        String group = SERVER.group(people.get(0), people.get(1));
        people.get(0).patch("/v1/groups/" + group, Map.of("name", NAME)).expect(200);
        TEXTS.forEach(text -> people.get(0).send(group, text));
        Visitor sender = BROWSER.as(people.get(0)).open(group);

        Visitor reader = BROWSER.as(people.get(1)).open(group);

        assertThat(reader.message(TEXTS.size())).isVisible();
        assertEquals(TEXTS, reader.page().locator(".message .text").allTextContents());
        assertEquals(NAME, reader.page().locator(".conversation h2").textContent());
        assertEquals(NAME, reader.message(1).locator(".who .name").textContent());
        assertEquals(NAME, reader.page().locator("a.group .name").textContent());
        Locator elements = reader.page().locator(".message :is(img, script, iframe, b)");
        assertThat(elements).hasCount(0);
        sender.receipt(1).click();
        assertThat(sender.message(1).locator(".readers .name")).hasText(NAME);
        assertThat(sender.page()).not().hasTitle("run");
    }

    @Test
    void longTextsFitTheWidthOfAPhone() {
        List<ApiClient> people = SERVER.users("ann", "bob");
        String group = SERVER.group(people.get(0), people.get(1));
        TEXTS.forEach(text -> people.get(0).send(group, text));

        Visitor reader = BROWSER.visitor(options -> options.setViewportSize(360, 640))
                .signIn(people.get(1))
                .open(group);

        assertThat(reader.message(1)).isVisible();
        for (String element : List.of("html", ".scroll")) {
            assertEquals(0, overflow(reader.page().locator(element)));
        }
    }

    @Test
    void aLongNameDoesNotWidenADialog() {
        List<ApiClient> people = SERVER.users("ann", "bob", "eve");
        people.get(1).patch("/v1/me", Map.of("name", "Bob Marsh")).expect(200);
        people.get(2).patch("/v1/me", Map.of("name", "x".repeat(128))).expect(200);
        String group = SERVER.group(people.get(0), people.get(1), people.get(2));
        Visitor owner = BROWSER.visitor(options -> options.setViewportSize(360, 640))
                .signIn(people.get(0))
                .open(group);

        owner.button("Group").click();

        assertThat(owner.dialog().locator(".rows li")).hasCount(3);
        assertEquals(0, overflow(owner.dialog()));
        assertEquals(0, overflow(owner.dialog().getByText("Bob Marsh")), "a short name is not cut off");
    }

    /** How many pixels of an element's content overflow its width. */
    private static Object overflow(Locator element) {
        return element.evaluate("element => element.scrollWidth - element.clientWidth");
    }
}
