// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A chatbot with a page, an HTTP API and a panel to break its providers.
 */
@SpringBootApplication
public class SampleApplication {

	/**
	 * Starts the chatbot.
	 * @param args property overrides such as {@code --server.port=9090}
	 */
	public static void main(String[] args) {
		SpringApplication.run(SampleApplication.class, args);
	}

}
