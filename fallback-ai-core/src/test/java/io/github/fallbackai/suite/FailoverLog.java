// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.suite;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Listens to everything that is logged about failover while a test runs.
 */
public final class FailoverLog implements BeforeEachCallback, AfterEachCallback {

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.fallbackai.failover");

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	/** The lines so far, oldest first. */
	public List<ILoggingEvent> lines() {
		return List.copyOf(this.appender.list);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		this.logger.setLevel(Level.DEBUG);
		// Other threads add to it while it is read.
		this.appender.list = new CopyOnWriteArrayList<>();
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.logger.detachAppender(this.appender);
		this.logger.setLevel(null);
	}

}
