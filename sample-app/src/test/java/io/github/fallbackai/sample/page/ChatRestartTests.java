// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import java.io.IOException;
import java.net.ServerSocket;

import io.github.fallbackai.sample.SampleApplication;
import io.github.fallbackai.sample.page.ChatPage.Answer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("slow")
class ChatRestartTests {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@ParameterizedTest
	@ValueSource(ints = { 1280, 390 })
	void goesOnWithTheConversationAfterTheServerWasRestarted(int width) throws IOException {
		ChatPage.device(chromium.driver(), width, 844, "light");
		int port = freePort();
		ChatPage page;
		Answer broken;
		try (ConfigurableApplicationContext before = start(port)) {
			assertThat(before.isRunning()).isTrue();
			page = ChatPage.open(chromium.driver(), port);
			page.ask("Who are you?").awaitState("done");
			togglePanel(page);
			page.choose("premium", "hang-mid-stream");
			togglePanel(page);
			broken = page.ask("And why?").awaitState("streaming");
		}
		broken.awaitState("failed");
		assertThat(broken.text()).startsWith("You asked: “And why?”");
		assertThat(broken.part("error").getText()).contains("server");
		togglePanel(page);
		page.await(() -> page.element("panel-notice").isDisplayed());
		try (ConfigurableApplicationContext after = start(port)) {
			assertThat(after.isRunning()).isTrue();
			page.await(() -> !page.element("panel-notice").isDisplayed());
			togglePanel(page);
			broken.part("retry").click();
			page.await(() -> page.answer(1).state().equals("done"));
			assertThat(page.answer(1).text()).contains("Before, you asked: “Who are you?”");
		}
	}

	/** On a phone, the panel covers the conversation. */
	private static void togglePanel(ChatPage page) {
		if (page.element("panel-toggle").isDisplayed()) {
			page.element("panel-toggle").click();
		}
	}

	private static ConfigurableApplicationContext start(int port) {
		return new SpringApplicationBuilder(SampleApplication.class).run("--spring.profiles.active=demo",
				"--server.port=" + port, "--fallback.ai.defaults.timeout.idle=1m",
				"--fallback.ai.defaults.timeout.first-content=1m", "--fallback.ai.deadline=2m", "--sample.speed=10");
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
