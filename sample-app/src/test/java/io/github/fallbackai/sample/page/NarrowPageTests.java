// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import io.github.fallbackai.sample.Chaos;
import io.github.fallbackai.sample.DemoTest;
import io.github.fallbackai.sample.page.ChatPage.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@DemoTest
@Tag("slow")
class NarrowPageTests {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@Autowired
	private Chaos chaos;

	@LocalServerPort
	private int port;

	@BeforeEach
	void heal() {
		this.chaos.end();
		chromium.forget(this.port);
	}

	@Test
	void fitsASmallPhone() {
		ChatPage.device(chromium.driver(), 320, 640, "light");
		ChatPage page = ChatPage.open(chromium.driver(), this.port);
		page.ask("averyveryverylongwordthatdoesnotwantto".repeat(5)).awaitState("done");
		page.ask("What is a circuit breaker?").awaitState("done");
		assertThat(chromium.driver().executeScript("return document.documentElement.scrollWidth")).isEqualTo(320L);
		assertThat(chromium.driver().executeScript("return document.documentElement.scrollHeight")).isEqualTo(640L);
		assertThat(chromium.complaints()).isEmpty();
	}

	@Test
	void streamsAndGoesOnInTheMiddleOfASentence() {
		ChatPage page = phone();
		String healthy = page.ask("Are you there?").awaitState("done").text();
		page.element("new-chat").click();
		this.chaos.set("premium", "cut-mid-stream");
		page.recordTexts("[data-testid=answer-text]");
		Answer answer = page.ask("Are you there?").awaitState("done");
		assertThat(answer.text()).isEqualTo(healthy);
		assertThat(answer.part("badge").getText()).isEqualTo("simulated-mini-4 · budget");
		assertThat(page.recordedTexts()).hasSizeGreaterThan(10);
		expectNothingBesideThePage(page);
	}

	@Test
	void stopsWhenTold() {
		ChatPage page = phone();
		this.chaos.set("premium", "hang-mid-stream");
		Answer answer = page.ask("Tell me everything.").awaitState("streaming");
		page.element("stop").click();
		answer.awaitState("stopped");
		assertThat(answer.text()).startsWith("You asked");
		this.chaos.end();
		assertThat(page.ask("And now?").awaitState("done").text()).contains("And now?");
		expectNothingBesideThePage(page);
	}

	@Test
	void leavesMarkupAsText() {
		ChatPage page = phone();
		String markup = "<img src=x onerror=document.title='run'><script>document.title='run'</script>";
		Answer answer = page.ask(markup).awaitState("done");
		assertThat(answer.text()).contains("<img src=x onerror=");
		assertThat(chromium.driver().getTitle()).isNotEqualTo("run");
		expectNothingBesideThePage(page);
	}

	private ChatPage phone() {
		ChatPage.device(chromium.driver(), 390, 844, "light");
		return ChatPage.open(chromium.driver(), this.port);
	}

	private void expectNothingBesideThePage(ChatPage page) {
		assertThat(page.message().isDisplayed()).isTrue();
		assertThat(chromium.driver().executeScript("return document.documentElement.scrollWidth")).isEqualTo(390L);
		assertThat(chromium.complaints()).isEmpty();
		assertThat(chromium.addresses()).isNotEmpty()
			.allSatisfy((address) -> assertThat(address).startsWith("http://localhost:" + this.port + "/"));
	}

	@Test
	void opensThePanelOverTheConversation() {
		ChatPage.device(chromium.driver(), 390, 844, "light");
		ChatPage page = ChatPage.open(chromium.driver(), this.port);
		assertThat(page.card("premium").isDisplayed()).isFalse();
		page.element("panel-toggle").click();
		page.choose("premium", "500");
		assertThat(page.message().isDisplayed()).isTrue();
		chromium.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
		assertThat(page.card("premium").isDisplayed()).isFalse();
		assertThat(chromium.driver().switchTo().activeElement()).isEqualTo(page.element("panel-toggle"));
		assertThat(page.ask("Are you there?").awaitState("done").hasPart("fallback")).isTrue();
	}

}
