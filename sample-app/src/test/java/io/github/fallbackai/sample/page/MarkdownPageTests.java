// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import java.io.IOException;

import io.github.fallbackai.sample.Chaos;
import io.github.fallbackai.sample.DemoTest;
import io.github.fallbackai.sample.page.ChatPage.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@DemoTest
@Tag("slow")
class MarkdownPageTests {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@Autowired
	private Chaos chaos;

	@LocalServerPort
	private int port;

	@BeforeEach
	void forget() {
		this.chaos.end();
		ChatPage.device(chromium.driver(), 1280, 900, "light");
		chromium.forget(this.port);
	}

	@AfterEach
	void expectNoComplaints() {
		assertThat(chromium.complaints()).isEmpty();
		assertThat(chromium.addresses()).isNotEmpty()
			.allSatisfy((address) -> assertThat(address).startsWith("http://localhost:" + this.port + "/"));
	}

	@Test
	void showsListsTablesCodeAndLinks() {
		ChatPage page = open();
		Answer list = page.ask("Explain a circuit breaker to a child.").awaitState("done");
		assertThat(list.count("ol > li")).isEqualTo(3);
		assertThat(list.count("li > strong")).isEqualTo(2);
		assertThat(list.count("table tbody tr")).isEqualTo(3);
		Answer code = page.ask("What does it cost?").awaitState("done");
		assertThat(code.count("h3")).isEqualTo(1);
		assertThat(code.count("pre > code")).isEqualTo(1);
		assertThat(code.text()).contains("    endpoints:\n").doesNotContain("```");
	}

	/**
	 * The simulated models quote the question, so this is what they say.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "<img src=x onerror=document.title='run'>", "<script>document.title='run'</script>",
			"<iframe srcdoc=\"<script>parent.document.title='run'</script>\"></iframe>", "<b onclick=x()>bold</b>",
			"<a href=javascript:document.title='run'>click</a>", "<svg/onload=document.title='run'>",
			"<style>body{display:none}</style>", "&lt;img src=x&gt; <!-- comment -->" })
	void leavesHtmlAsText(String markup) {
		Answer answer = open().ask(markup).awaitState("done");
		String text = markup.replace("&lt;", "<").replace("&gt;", ">");
		assertThat(answer.text()).contains(text);
		expectOnlyHarmless(answer);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[click](javascript:document.title='run')", "[click](/actuator/health)",
			"[click](data:text/html;base64,PHNjcmlwdD4=)", "[click](vbscript:run)", "[click](JaVaScRiPt&#58;run)",
			"[click](&#x6A;avascript:run)", "![picture](https://elsewhere.example/x.png)", "![picture](javascript:run)",
			"<javascript:run>", "[x]: javascript:run", "[click](intent:run)", "<ftp://elsewhere.example/x>" })
	void linksToNothingDangerousAndLoadsNoPicture(String markdown) {
		Answer answer = open().ask(markdown).awaitState("done");
		expectOnlyHarmless(answer);
		assertThat(answer.count("a[href]")).isEqualTo(answer.count("a[href*=resilience4j]"));
	}

	@Test
	void opensALinkElsewhereAndTellsNothing() {
		Answer answer = open().ask("[click](https://elsewhere.example/a?b=c)").awaitState("done");
		assertThat(answer
			.count("a[href='https://elsewhere.example/a?b=c'][target=_blank][rel~=noopener][rel~=noreferrer]"))
			.isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "1280, 900, light", "1280, 900, dark", "320, 640, light", "390, 844, dark" })
	void isAccessible(int width, int height, String scheme) throws IOException {
		ChatPage.device(chromium.driver(), width, height, scheme);
		ChatPage page = open();
		if (width < 600) {
			page.element("panel-toggle").click();
		}
		page.choose("premium", "cut-mid-stream");
		if (width < 600) {
			page.element("panel-toggle").click();
		}
		page.element("seams").click();
		page.ask("What does it cost?").awaitState("done");
		this.chaos.setAll("500");
		page.ask("Explain a circuit breaker to a child.").awaitState("failed");
		assertThat(chromium.obstacles()).isEmpty();
		assertThat(chromium.driver().executeScript("return document.documentElement.scrollWidth"))
			.isEqualTo((long) width);
	}

	private static void expectOnlyHarmless(Answer answer) {
		assertThat(answer.count("img, script, iframe, svg, style, b, object, [onclick], [onerror], [onload]")).isZero();
		assertThat(chromium.driver().getTitle()).startsWith("fallback-ai");
	}

	private ChatPage open() {
		return ChatPage.open(chromium.driver(), this.port);
	}

}
