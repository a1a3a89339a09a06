// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import io.github.fallbackai.sample.Chaos;
import io.github.fallbackai.sample.DemoTest;
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
