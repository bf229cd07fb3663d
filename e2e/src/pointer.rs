//! The pointer, as the browser itself hears of it: moved, pressed, turned, and two fingers.

use std::time::Duration;

use anyhow::Result;
use serde_json::{Value, json};

use crate::Page;

/// The key Ctrl, among the modifiers of a wheel.
const CTRL: u32 = 2;

impl Page {
    /// The place of a part of an element, from 0 to 1 across and down, in pixels of the window, once it is there.
    pub async fn place(&self, selector: &str, part: (f64, f64)) -> Result<(f64, f64)> {
        let side = async |edge: &str, length: &str, part: f64| {
            let script = format!(
                "const box = document.querySelector(arguments[0])?.getBoundingClientRect(); \
                 return box ? box.{edge} + box.{length} * {part} : null"
            );
            self.once_there::<f64>(&script, &[json!(selector)]).await
        };
        Ok((side("left", "width", part.0).await?, side("top", "height", part.1).await?))
    }

    /// Presses at a part of an element and lets go so many pixels further.
    pub async fn drag(&self, selector: &str, part: (f64, f64), by: (f64, f64)) -> Result<()> {
        let (x, y) = self.place(selector, part).await?;
        self.mouse("mouseMoved", (x, y), json!({})).await?;
        let left = || json!({ "button": "left", "buttons": 1, "clickCount": 1 });
        self.mouse("mousePressed", (x, y), left()).await?;
        for step in 1..=6 {
            let gone = f64::from(step) / 6.0;
            self.mouse("mouseMoved", (x + by.0 * gone, y + by.1 * gone), left()).await?;
            self.drawn().await?;
        }
        self.mouse("mouseReleased", (x + by.0, y + by.1), left()).await
    }

    /// Presses a part of an element.
    pub async fn press_at(&self, selector: &str, part: (f64, f64)) -> Result<()> {
        self.press_times(selector, part, 1).await
    }

    /// Presses twice.
    pub async fn press_twice(&self, selector: &str, part: (f64, f64)) -> Result<()> {
        self.press_times(selector, part, 2).await
    }

    async fn press_times(&self, selector: &str, part: (f64, f64), times: u32) -> Result<()> {
        let at = self.place(selector, part).await?;
        self.mouse("mouseMoved", at, json!({})).await?;
        for count in 1..=times {
            for kind in ["mousePressed", "mouseReleased"] {
                let press = json!({ "button": "left", "buttons": 1, "clickCount": count });
                self.mouse(kind, at, press).await?;
            }
        }
        Ok(())
    }

    /// Taps a part of an element with a finger.
    pub async fn tap(&self, selector: &str, part: (f64, f64)) -> Result<()> {
        let (x, y) = self.place(selector, part).await?;
        for (kind, points) in
            [("touchStart", vec![json!({ "x": x, "y": y })]), ("touchEnd", vec![])]
        {
            let parameters = json!({ "type": kind, "touchPoints": points });
            self.devtools("Input.dispatchTouchEvent", parameters).await?;
        }
        Ok(())
    }

    /// Turns the wheel with Ctrl held, over a part of an element.
    pub async fn wheel_with_ctrl(&self, selector: &str, part: (f64, f64), by: f64) -> Result<()> {
        let at = self.place(selector, part).await?;
        let turned = json!({ "deltaX": 0, "deltaY": by, "modifiers": CTRL });
        self.mouse("mouseWheel", at, turned).await
    }

    /// Two fingers around a part of an element, so far from it, go to another distance.
    pub async fn pinch(&self, selector: &str, part: (f64, f64), from: f64, to: f64) -> Result<()> {
        let (x, y) = self.place(selector, part).await?;
        let touch = async |kind: &str, apart: Option<f64>| {
            let points = apart.map(|apart| {
                [-apart, apart]
                    .map(|off| json!({ "x": x + off, "y": y, "id": if off < 0.0 { 1 } else { 2 } }))
            });
            let points: Vec<Value> = points.into_iter().flatten().collect();
            let parameters = json!({ "type": kind, "touchPoints": points });
            self.devtools("Input.dispatchTouchEvent", parameters).await.map(drop)
        };
        touch("touchStart", Some(from)).await?;
        for step in 1..=5 {
            touch("touchMove", Some(from + (to - from) * f64::from(step) / 5.0)).await?;
        }
        touch("touchEnd", None).await
    }

    /// A finger lies on a part of an element for so long, and is lifted so many pixels further.
    pub async fn touch(
        &self,
        selector: &str,
        part: (f64, f64),
        long: Duration,
        by: f64,
    ) -> Result<()> {
        let (x, y) = self.place(selector, part).await?;
        let touch = async |kind: &str, x: Option<f64>| {
            let points: Vec<Value> = x.map(|x| json!({ "x": x, "y": y })).into_iter().collect();
            let parameters = json!({ "type": kind, "touchPoints": points });
            self.devtools("Input.dispatchTouchEvent", parameters).await.map(drop)
        };
        touch("touchStart", Some(x)).await?;
        tokio::time::sleep(long).await;
        if by != 0.0 {
            for step in 1..=6 {
                touch("touchMove", Some(x + by * f64::from(step) / 6.0)).await?;
            }
        }
        touch("touchEnd", None).await
    }

    async fn mouse(&self, kind: &str, (x, y): (f64, f64), more: Value) -> Result<()> {
        let mut parameters = json!({ "type": kind, "x": x, "y": y });
        if let (Value::Object(all), Value::Object(more)) = (&mut parameters, more) {
            all.extend(more);
        }
        self.devtools("Input.dispatchMouseEvent", parameters).await.map(drop)
    }
}
