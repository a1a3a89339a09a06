// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import java.io.IOException;
import java.net.ServerSocket;

import io.github.fallbackai.sample.SampleApplication;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("slow")
class DashboardRestartTests {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@Test
	void saysThatTheConnectionIsLostAndReconnects() throws IOException {
		int port = freePort();
		DashboardPage page;
		try (ConfigurableApplicationContext before = start(port, "large")) {
			assertThat(before.isRunning()).isTrue();
			page = DashboardPage.open(chromium.driver(), port);
			page.awaitText("active-model", "large");
		}
		page.awaitConnection("lost");
		assertThat(page.element("connection").getText()).matches("Connection lost\\. Next try in \\d+ s\\.");
		try (ConfigurableApplicationContext after = start(port, "<b>new</b>")) {
			assertThat(after.isRunning()).isTrue();
			page.awaitConnection("live");
			page.awaitText("active-model", "<b>new</b>");
		}
	}

	private static ConfigurableApplicationContext start(int port, String model) {
		return new SpringApplicationBuilder(SampleApplication.class).run("--spring.profiles.active=demo",
				"--server.port=" + port, "--server.shutdown=graceful",
				"--fallback.ai.overrides.premium.model=" + model);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
