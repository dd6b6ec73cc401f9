package seenby.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seenby.support.ApiClient;
import seenby.support.RunningServer;

/** The page works with a screen reader, with a keyboard alone, in Chinese and on a phone. */
@ResourceLock(Chromium.LOCK)
class AccessibilityIT {
    private static final Set<String> BAD = Set.of("serious", "critical");

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.shared("receipts.coalesce=50ms");

    @RegisterExtension
    static final TestBrowser BROWSER = new TestBrowser(SERVER);

    private final List<ApiClient> people = SERVER.users("ann", "bob", "eve");
    private final String group = SERVER.group(people.get(0), people.get(1), people.get(2));

    /** Asserts that axe finds no serious problem in the current state of the page. */
    private static void assertNoFinding(Visitor visitor) {
        List<String> findings = new AxeBuilder(visitor.page())
                .analyze().getViolations().stream()
                        .filter(rule -> BAD.contains(rule.getImpact()))
                        .map(rule -> rule.getId() + " " + rule.getNodes())
                        .toList();
        assertEquals(List.of(), findings);
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void axeFindsNothingSerious(ColorScheme scheme) {
        people.get(0).send(group, "one");
        people.get(1).send(group, "two");
        people.get(1).ack(group, 2);
        Visitor visitor = BROWSER.visitor(options -> options.setColorScheme(scheme));
        visitor.page().locator("#token").press("Enter");
        assertNoFinding(visitor);

        visitor.signIn(people.get(0)).open(group);
        visitor.receipt(1).click();
        assertThat(visitor.message(1).locator(".panel .readers li")).hasCount(1);
        assertNoFinding(visitor);

        visitor.button("Group").click();
        assertThat(visitor.dialog().locator(".rows li")).hasCount(3);
        assertNoFinding(visitor);
        visitor.page().keyboard().press("Escape");
        assertThat(visitor.dialog()).hasCount(0);

        visitor.button("New group").click();
        visitor.dialog().locator("form button.primary").click();
        assertThat(visitor.dialog().locator(".error:not(:empty)").first()).isVisible();
        assertNoFinding(visitor);
    }

    @Test
    void axeFindsNothingSeriousInTheAdminsDialogs() {
        Visitor admin = BROWSER.as(SERVER.admin());
        assertNoFinding(admin);

        admin.button("People").click();
        admin.button("New token: " + people.get(2).id()).click();
        admin.dialog().last().locator("button.danger").click();

        assertThat(admin.page().locator(".token")).isVisible();
        assertNoFinding(admin);
    }

    @Test
    void thePageWorksWithTheKeyboardAlone() {
        Visitor visitor = BROWSER.visitor();
        visitor.page().keyboard().type(people.get(0).token());
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.page().locator("a.group")).hasCount(1);
        visitor.page().locator("a.group").focus();
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.composer()).isFocused();

        visitor.page().keyboard().type("two");
        visitor.page().keyboard().press("Shift+Enter");
        visitor.page().keyboard().type("lines");
        visitor.page().keyboard().press("Enter");

        assertThat(visitor.message(1).locator(".text")).hasText("two\nlines");
        assertThat(visitor.composer()).isFocused();
        assertThat(visitor.receipt(1)).isVisible();
        visitor.receipt(1).focus();
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.message(1).locator(".waiting li")).hasCount(2);
    }

    @Test
    void newMessagesAreAnnouncedToScreenReaders() {
        Visitor visitor = BROWSER.as(people.get(0)).open(group);
        assertThat(visitor.page().locator(".edge")).containsText("No messages yet");

        people.get(1).send(group, "Hear, hear");

        assertThat(visitor.page().locator("[aria-live=polite]"))
                .hasText(people.get(1).id() + ": Hear, hear");
    }

    @Test
    void thePageIsAvailableInChinese() {
        Visitor visitor = BROWSER.visitor(options -> options.setLocale("zh-CN"));
        assertThat(visitor.page().locator("html")).hasAttribute("lang", "zh");
        assertThat(visitor.button("登录")).isVisible();

        visitor.signIn(people.get(0)).open(group).write("各位早");

        assertThat(visitor.receipt(1)).hasText("2 人均未读");
        people.get(1).ack(group, 1);
        assertThat(visitor.receipt(1)).hasText("2 人中 1 人已读");
    }

    @Test
    void onAPhoneAConversationOpensAndClosesAgain() {
        Visitor visitor = BROWSER.visitor(options -> options.setViewportSize(360, 640))
                .signIn(people.get(0))
                .open(group);
        assertThat(visitor.page().locator("#groups")).isHidden();
        assertThat(visitor.composer()).isInViewport();

        visitor.page().goBack();

        assertThat(visitor.page().locator("#groups")).isVisible();
        assertThat(visitor.page().locator(".conversation")).hasCount(0);
        assertEquals(
                0, visitor.page().locator("html").evaluate("element => element.scrollWidth - element.clientWidth"));
    }
}
