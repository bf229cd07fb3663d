//! A picture of SVG as one of pixels.

use super::file::offer;
use js_sys::encode_uri_component;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, window};

/// How many pixels of the file there are to one of the page: it is looked at on paper and on walls.
const FINE: f64 = 2.0;

/// Has the browser save the picture as PNG.
///
/// # Errors
/// What the browser says, which may refuse a picture that is too large.
pub async fn save(name: String, svg: String) -> Result<(), JsValue> {
    let image = HtmlImageElement::new()?;
    let address = encode_uri_component(&svg);
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{address}"));
    JsFuture::from(image.decode()).await?;
    let document = window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    let (width, height) = (f64::from(image.width()) * FINE, f64::from(image.height()) * FINE);
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: CanvasRenderingContext2d = context.unchecked_into();
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    offer(&name, &canvas.to_data_url()?);
    Ok(())
}
