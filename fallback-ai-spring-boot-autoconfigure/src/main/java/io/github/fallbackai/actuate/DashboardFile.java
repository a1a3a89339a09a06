// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.util.Arrays;
import java.util.Optional;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * A file of the dashboard. There are no others, whatever a path says.
 */
enum DashboardFile {

	PAGE("dashboard.html", MimeTypeUtils.TEXT_HTML_VALUE + ";charset=UTF-8"),

	STYLE("dashboard.css", DashboardFile.CSS), ICON("icon.svg", DashboardFile.SVG),

	SCRIPT("dashboard.js", DashboardFile.JAVASCRIPT), CARD("card.js", DashboardFile.JAVASCRIPT),

	CHART("chart.js", DashboardFile.JAVASCRIPT), DOM("dom.js", DashboardFile.JAVASCRIPT),

	FEED("feed.js", DashboardFile.JAVASCRIPT), TIMELINE("timeline.js", DashboardFile.JAVASCRIPT);

	static final String CSS = "text/css;charset=UTF-8";

	static final String SVG = "image/svg+xml";

	static final String JAVASCRIPT = "text/javascript;charset=UTF-8";

	/** Where they are on the class path. No static resources, which anyone could read. */
	static final String FOLDER = "io/github/fallbackai/actuate/dashboard/";

	private final String fileName;

	private final String type;

	DashboardFile(String fileName, String type) {
		this.fileName = fileName;
		this.type = type;
	}

	static Optional<DashboardFile> named(String name) {
		return Arrays.stream(values()).filter((file) -> file != PAGE && file.fileName.equals(name)).findFirst();
	}

	Resource resource() {
		return new ClassPathResource(FOLDER + this.fileName);
	}

	MimeType type() {
		return MimeTypeUtils.parseMimeType(this.type);
	}

}
