// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.page;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A headless Chromium as Debian packages it, with a new profile. Where there is none the
 * test class is skipped, unless the environment says {@code FALLBACK_AI_CI=true}: then it
 * fails.
 */
public final class Chromium implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {

	private static final Logger logger = LoggerFactory.getLogger(Chromium.class);

	private static final File BROWSER = new File("/usr/bin/chromium");

	private static final File DRIVER = new File("/usr/bin/chromedriver");

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final boolean INSTALLED = BROWSER.canExecute() && DRIVER.canExecute();

	private static final boolean REQUIRED = "true".equals(System.getenv("FALLBACK_AI_CI"));

	private static final String MISSING = "The page is not tested in a browser: " + BROWSER + " and " + DRIVER
			+ " are needed (Debian: apt-get install chromium chromium-driver)";

	private static final String AXE = """
			const done = arguments[arguments.length - 1];
			axe.run().then(({ violations }) => done(violations.map(({ id, impact, nodes }) =>
					impact + " " + id + " " + nodes.map(({ target }) => target).join(" "))), (error) => done([String(error)]));
			""";

	private ChromeDriver driver;

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (INSTALLED || REQUIRED) {
			return ConditionEvaluationResult.enabled(null);
		}
		logger.warn(MISSING);
		return ConditionEvaluationResult.disabled(MISSING);
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		assertThat(INSTALLED).as(MISSING).isTrue();
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER)
			.usingAnyFreePort()
			.withSilent(true)
			.withTimeout(PATIENCE)
			.build();
		this.driver = new ChromeDriver(service, options());
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.driver != null) {
			this.driver.quit();
		}
	}

	/** The browser, from the first test of the class on. */
	public ChromeDriver driver() {
		return this.driver;
	}

	/** What the browser's console complained about since the last call. */
	public List<String> complaints() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::getMessage)
			.toList();
	}

	/** Forgets the conversation that a page of this port remembers. */
	void forget(int port) {
		this.driver.get("http://localhost:" + port + "/disaster.html");
		this.driver.executeScript("sessionStorage.clear(); localStorage.clear()");
	}

	/** What axe finds in the page, empty if everybody can use it. */
	List<?> obstacles() throws IOException {
		this.driver.executeScript(new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8));
		return (List<?>) this.driver.executeAsyncScript(AXE);
	}

	/** Addresses of everything that the page loaded or asked for. */
	List<String> addresses() {
		return ((List<?>) this.driver
			.executeScript("return performance.getEntriesByType('resource').map((one) => one.name)")).stream()
			.map(String.class::cast)
			.toList();
	}

	private static ChromeOptions options() {
		LoggingPreferences logging = new LoggingPreferences();
		logging.enable(LogType.BROWSER, Level.ALL);
		ChromeOptions options = new ChromeOptions();
		options.setBinary(BROWSER);
		options.setScriptTimeout(PATIENCE);
		options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
				"--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
				"--disable-sync", "--window-size=1280,900");
		return options;
	}

}
