// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * For a primary bean of ours: matches if the application has no primary bean of that type
 * itself. Two of them would stop the start.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(NoPrimaryBeanCondition.class)
@interface ConditionalOnNoPrimaryBean {

	/** The type. */
	Class<?> value();

}
