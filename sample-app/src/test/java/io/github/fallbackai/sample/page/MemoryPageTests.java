// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import java.util.Map;

import io.github.fallbackai.sample.Chaos;
import io.github.fallbackai.sample.DemoTest;
import io.github.fallbackai.sample.page.ChatPage.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@DemoTest
@Tag("slow")
class MemoryPageTests {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@Autowired
	private Chaos chaos;

	@LocalServerPort
	private int port;

	private ChatPage page;

	@BeforeEach
	void open() {
		this.chaos.end();
		chromium.forget(this.port);
		this.page = ChatPage.open(chromium.driver(), this.port);
	}

	@AfterEach
	void expectNoComplaints() {
		assertThat(chromium.complaints()).isEmpty();
	}

	@Test
	void remembersTheConversationAlsoAfterAReload() {
		String first = this.page.ask("Who are you?").awaitState("done").text();
		assertThat(this.page.ask("And why?").awaitState("done").text()).contains("Before, you asked: “Who are you?”");

		this.page = ChatPage.open(chromium.driver(), this.port);
		assertThat(this.page.answer(0).text()).isEqualTo(first);
		assertThat(this.page.answer(0).part("badge").getText()).isEqualTo("simulated-large-4 · premium");
		assertThat(this.page.ask("Still there?").awaitState("done").text()).contains("Before, you asked: “And why?”");
	}

	@Test
	void beginsANewChat() {
		this.page.ask("Who are you?").awaitState("done");
		this.page.element("new-chat").click();
		assertThat(this.page.all("testid", "answer")).isEmpty();
		assertThat(chromium.driver().switchTo().activeElement()).isEqualTo(this.page.message());
		assertThat(this.page.ask("And why?").awaitState("done").text()).doesNotContain("Before, you asked");
		this.page = ChatPage.open(chromium.driver(), this.port);
		assertThat(this.page.all("testid", "answer")).hasSize(1);
	}

	@Test
	void goesOnAfterAStoppedAnswerAndOneThatAReloadBroke() {
		this.page.choose("premium", "hang-mid-stream");
		Answer stopped = this.page.ask("Tell me everything.").awaitState("streaming");
		this.page.element("stop").click();
		stopped.awaitState("stopped");
		Answer broken = this.page.ask("Are you there?").awaitState("streaming").awaitText((text) -> text.length() > 80);
		assertThat(broken.text()).contains("Before, you asked: “Tell me everything.”");

		this.page = ChatPage.open(chromium.driver(), this.port);
		assertThat(this.page.answer(0).state()).isEqualTo("stopped");
		assertThat(this.page.answer(1).awaitState("failed").text()).startsWith("You asked: “Are you there?”");
		this.chaos.set("premium", "healthy");
		this.page.answer(1).part("retry").click();
		this.page.await(() -> this.page.answer(1).state().equals("done"));
		assertThat(this.page.all("testid", "answer")).hasSize(2);
		assertThat(this.page.answer(1).text()).contains("Before, you asked: “Tell me everything.”");
	}

	@Test
	void copiesTheMarkdownOfAnAnswer() {
		chromium.driver()
			.executeCdpCommand("Browser.grantPermissions",
					Map.of("permissions", new String[] { "clipboardReadWrite", "clipboardSanitizedWrite" }));
		Answer answer = this.page.ask("Explain a circuit breaker to a child.").awaitState("done");
		answer.part("copy").click();
		this.page.await(() -> answer.part("copy").getText().equals("Copied"));
		assertThat((String) chromium.driver()
			.executeAsyncScript("navigator.clipboard.readText().then(arguments[arguments.length - 1])"))
			.startsWith("You asked: “Explain")
			.contains("it stays **closed** and");
	}

	@Test
	void showsTheSeamIfWanted() {
		this.page.choose("premium", "cut-mid-stream");
		Answer answer = this.page.ask("Who are you?").awaitState("done");
		assertThat(answer.part("seam").isDisplayed()).isFalse();
		this.page.element("seams").click();
		assertThat(answer.part("seam").getText())
			.isEqualTo("simulated-mini-4 took over from premium (connection lost)");
		this.page = ChatPage.open(chromium.driver(), this.port);
		assertThat(this.page.answer(0).part("seam").isDisplayed()).isTrue();
	}

}
