// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import org.springframework.retry.RetryCallback;
import org.springframework.retry.RetryContext;
import org.springframework.retry.RetryListener;
import org.springframework.retry.support.RetryTemplate;

/**
 * Ends the retries of a template of Spring Retry, which models of Spring AI 1.1 have,
 * after the first failure of a call of ours. Loaded only if the model has such a
 * template.
 */
final class SpringRetrySwitch implements RetryListener {

	static final String TEMPLATE = "org.springframework.retry.support.RetryTemplate";

	private SpringRetrySwitch() {
	}

	static void turnOff(Object template) {
		((RetryTemplate) template).registerListener(new SpringRetrySwitch());
	}

	@Override
	public <T, E extends Throwable> void onError(RetryContext context, RetryCallback<T, E> callback, Throwable error) {
		if (OwnCalls.here()) {
			context.setExhaustedOnly();
		}
	}

}
