// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import io.github.fallbackai.sample.SampleApplication;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operators see no button whose operation the application does not permit.
 */
@Tag("slow")
class DashboardAccessTests {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@ParameterizedTest
	@CsvSource({ "unrestricted, true", "read-only, false" })
	void buttonsAppearOnlyUpToTheMaximumPermittedAccess(String maximum, boolean shown) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(SampleApplication.class).run(
				"--spring.profiles.active=demo", "--server.port=0",
				"--management.endpoints.access.max-permitted=" + maximum)) {
			int port = ((WebServerApplicationContext) context).getWebServer().getPort();
			DashboardPage page = DashboardPage.open(chromium.driver(), port);
			page.await(() -> page.cards().size() == 3);
			Object granted = chromium.driver().executeAsyncScript("""
					const done = arguments[arguments.length - 1];
					fetch("/actuator/fallbackaidashboard/access").then((response) => response.json()).then(done);
					""");
			assertThat(granted).hasToString("{drills=" + shown + ", operations=" + shown + "}");
			if (shown) {
				page.await(() -> page.button("premium", "disable").isDisplayed());
			}
			else {
				assertThat(page.button("premium", "disable").isDisplayed()).isFalse();
				assertThat(page.button("premium", "drill").isDisplayed()).isFalse();
			}
		}
	}

}
